// What the JavaScript client may do with other credentials than a key, and that it encrypts: node access.mjs ENDPOINT KEY ENTRA_TOKEN
// Prints a line per check and ends with 1 when one fails.
import assert from 'node:assert/strict';
import { CosmosClient } from '@azure/cosmos';

const [endpoint, key, entraToken] = process.argv.slice(2);
const client = new CosmosClient({ endpoint, key });
const { database } = await client.databases.create({ id: `js-access-${process.pid}-${Date.now()}` });
let failures = 0;

async function check(what, body) {
  const { container } = await database.containers.create({ id: `c${Math.random().toString(36).slice(2)}`, partitionKey: { paths: ['/pk'], version: 2 } });
  for (const pk of ['p', 'q']) await container.items.create({ id: `${pk}1`, pk });
  const { user } = await database.users.create({ id: `u${Math.random().toString(36).slice(2)}` });
  try {
    await body(container, user);
    console.log(`ok ${what}`);
  } catch (error) {
    failures++;
    console.log(`not ok ${what}: ${error?.code ?? ''} ${error?.stack ?? error}`);
  }
}

const forbidden = { code: 403 };
const same = (other, container) => other.database(database.id).container(container.id);

await check('users and permissions are made, listed, replaced and deleted', async (container, user) => {
  const { resource } = await user.permissions.create({ id: 'a', permissionMode: 'read', resource: container.url });
  assert.equal(resource.permissionMode, 'Read');
  assert.match(resource._token, /^type=resource&ver=1\.0&sig=/);
  await user.permissions.upsert({ id: 'b', permissionMode: 'all', resource: container.url, resourcePartitionKey: ['p'] });
  assert.deepEqual((await user.permissions.readAll().fetchAll()).resources.map(p => p.id), ['a', 'b']);
  assert.equal((await user.permissions.query("SELECT * FROM p WHERE p.id = 'b'").fetchAll()).resources.length, 1);
  assert.equal((await user.permission('a').replace({ id: 'a', permissionMode: 'all', resource: container.url })).resource.permissionMode, 'All');
  await user.permission('a').delete();
  await assert.rejects(user.permission('a').read(), { code: 404 });
  assert.ok((await database.users.readAll().fetchAll()).resources.some(u => u.id === user.id));
  await user.delete();
  await assert.rejects(user.read(), { code: 404 });
});

await check('a client has the tokens of some resources', async (container, user) => {
  const { resource: read } = await user.permissions.create({ id: 'read', permissionMode: 'read', resource: container.url });
  const restricted = same(new CosmosClient({ endpoint, resourceTokens: { [container.url]: read._token } }), container);
  assert.equal((await restricted.item('p1', 'p').read()).resource.id, 'p1');
  assert.equal((await restricted.items.query('SELECT * FROM c').fetchAll()).resources.length, 2);
  assert.equal((await restricted.items.readAll().fetchAll()).resources.length, 2);
  await assert.rejects(restricted.items.create({ id: 'new', pk: 'p' }), forbidden);
  await assert.rejects(restricted.item('p1', 'p').delete(), forbidden);
  await assert.rejects(restricted.delete(), forbidden);
});

await check('a client has a feed of permissions', async (container, user) => {
  await user.permissions.create({ id: 'all', permissionMode: 'all', resource: container.url });
  const { resources: permissionFeed } = await user.permissions.readAll().fetchAll();
  const restricted = same(new CosmosClient({ endpoint, permissionFeed }), container);
  await restricted.items.create({ id: 'new', pk: 'p' });
  assert.equal((await restricted.item('new', 'p').replace({ id: 'new', pk: 'p', n: 2 })).resource.n, 2);
  await restricted.item('new', 'p').delete();
  const answers = await restricted.items.batch([{ operationType: 'Upsert', resourceBody: { id: 'p1', pk: 'p' } }, { operationType: 'Read', id: 'p1' }], 'p');
  assert.deepEqual(answers.result.map(a => a.statusCode), [200, 200]);
  await restricted.delete();
  await assert.rejects(container.read(), { code: 404 });
});

await check('a client has one partition key', async (container, user) => {
  const { resource: mine } = await user.permissions.create({ id: 'p', permissionMode: 'all', resource: container.url, resourcePartitionKey: ['p'] });
  const restricted = same(new CosmosClient({ endpoint, resourceTokens: { [container.url]: mine._token } }), container);
  await restricted.items.upsert({ id: 'p1', pk: 'p', n: 1 });
  assert.deepEqual((await restricted.items.query('SELECT * FROM c', { partitionKey: 'p' }).fetchAll()).resources.map(i => i.id), ['p1']);
  await assert.rejects(restricted.items.query('SELECT * FROM c').fetchAll(), forbidden);
  await assert.rejects(restricted.item('q1', 'q').read(), forbidden);
  const [own, other] = await Promise.all([
    restricted.items.executeBulkOperations([{ operationType: 'Create', partitionKey: 'p', resourceBody: { id: 'b', pk: 'p' } }]),
    restricted.items.executeBulkOperations([{ operationType: 'Create', partitionKey: 'q', resourceBody: { id: 'b', pk: 'q' } }]),
  ]);
  assert.equal(own[0].response.statusCode, 201);
  assert.ok(other[0].error);
  assert.equal((await container.item('b', 'q').read()).statusCode, 404);
});

await check('a client signs in', async container => {
  // Its own aadCredentials demand https.
  const signedIn = new CosmosClient({ endpoint, tokenProvider: async () => `type=aad&ver=1.0&sig=${entraToken}` });
  const own = same(signedIn, container);
  await own.items.create({ id: 'new', pk: 'p' });
  assert.equal((await own.items.query('SELECT * FROM c ORDER BY c.id').fetchAll()).resources.length, 3);
  await assert.rejects(signedIn.databases.create({ id: 'new' }), forbidden);
});

await check('a client encrypts, with keys that only it can open', async () => {
  const flip = async (_id, _algorithm, bytes) => Uint8Array.from(bytes, b => b ^ 0x5a);
  const keyEncryptionKeyResolver = { encryptionKeyResolverName: 'LOCAL', wrapKey: flip, unwrapKey: flip };
  const encrypting = new CosmosClient({ endpoint, key, clientEncryptionOptions: { keyEncryptionKeyResolver } });
  const home = encrypting.database(database.id);
  await home.createClientEncryptionKey('key', 'AEAD_AES_256_CBC_HMAC_SHA256', { type: 'LOCAL', name: 'master', value: 'master', algorithm: 'RSA-OAEP' });
  const paths = (path, encryptionType) => ({ path, clientEncryptionKeyId: 'key', encryptionType, encryptionAlgorithm: 'AEAD_AES_256_CBC_HMAC_SHA256' });
  const definition = {
    id: 'encrypted',
    partitionKey: { paths: ['/pk'], version: 2 },
    clientEncryptionPolicy: { includedPaths: [paths('/name', 'Deterministic'), paths('/secret', 'Randomized')], policyFormatVersion: 2 },
  };
  await home.containers.create(definition);
  const container = home.container('encrypted');
  await container.initializeEncryption();
  await container.items.create({ id: 'a', pk: 'p', name: 'Ada', secret: { pin: 1234 }, plain: 'seen' });
  assert.deepEqual((await container.item('a', 'p').read()).resource.secret, { pin: 1234 });

  // Who does not have the key sees what is stored.
  const stored = (await database.container('encrypted').item('a', 'p').read()).resource;
  assert.equal(stored.plain, 'seen');
  assert.ok(!JSON.stringify(stored).includes('Ada') && !JSON.stringify(stored).includes('1234'));

  await container.item('a', 'p').replace({ id: 'a', pk: 'p', name: 'Grace', secret: { pin: 5 } });
  assert.equal((await container.item('a', 'p').read()).resource.name, 'Grace');
  await container.items.batch([{ operationType: 'Create', resourceBody: { id: 'b', pk: 'p', name: 'Alan', secret: null } }], 'p');
  assert.equal((await container.item('b', 'p').read()).resource.name, 'Alan');

  // Made anew behind the client's back, with another policy: the client hears of it and encrypts as it is now.
  await database.container('encrypted').delete();
  await database.containers.create({ ...definition, clientEncryptionPolicy: { includedPaths: [paths('/plain', 'Randomized')], policyFormatVersion: 2 } });
  const write = () => container.items.create({ id: 'c', pk: 'p', name: 'Joan', plain: 'hidden now' });
  await write().catch(write);
  const anew = (await database.container('encrypted').item('c', 'p').read()).resource;
  assert.equal(anew.name, 'Joan');
  assert.notEqual(anew.plain, 'hidden now');
});

await database.delete();
process.exit(failures ? 1 : 0);
