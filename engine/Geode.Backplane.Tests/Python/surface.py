"""What the Python client does with the backplane: python3 surface.py ENDPOINT KEY PARTITIONS

Prints a line per check and ends with 1 when one fails. The client is the third generation, which Debian packages
(python3-azure-cosmos). It differs from the others: links are by _rid, queries over partitions are tried without a plan first, and
the plan is taken from the refusal.
"""
import sys
import traceback
import uuid

import azure.cosmos.cosmos_client as cosmos_client
from azure.cosmos.errors import HTTPFailure

endpoint, key, partitions = sys.argv[1], sys.argv[2], int(sys.argv[3])
client = cosmos_client.CosmosClient(endpoint, {'masterKey': key})
database = client.CreateDatabase({'id': 'py-%s' % uuid.uuid4().hex})
failures = 0


def check(what):
    def run(body):
        global failures
        definition = {'id': 'c%s' % uuid.uuid4().hex, 'partitionKey': {'paths': ['/pk'], 'kind': 'Hash', 'version': 2}}
        definition.update(getattr(body, 'definition', {}))
        container = client.CreateContainer(database['_self'], definition)
        try:
            body(container)
            print('ok ' + what)
        except Exception:
            failures += 1
            print('not ok %s: %s' % (what, traceback.format_exc()))
        client.DeleteContainer(container['_self'])
    return run


def fill(container, count):
    for i in range(count):
        client.CreateItem(container['_self'], {'id': 'n%d' % i, 'pk': 'k%d' % (i % 5), 'n': i, 'city': 'Graz' if i % 2 else 'Bern'})


def fails(status, operation):
    try:
        operation()
    except HTTPFailure as failure:
        assert failure.status_code == status, failure
    else:
        raise AssertionError('It succeeded where %d belongs.' % status)


def query(container, text, **options):
    options.setdefault('enableCrossPartitionQuery', True)
    return list(client.QueryItems(container['_self'], {'query': text, 'parameters': []}, options))


@check('databases and containers are read, listed and found')
def _(container):
    assert client.ReadDatabase(database['_self'])['id'] == database['id']
    assert client.ReadContainer('dbs/%s/colls/%s' % (database['id'], container['id']))['_rid'] == container['_rid']
    assert database['id'] in [d['id'] for d in client.ReadDatabases()]
    found = client.QueryContainers(database['_self'], {'query': 'SELECT * FROM c WHERE c.id = @id', 'parameters': [{'name': '@id', 'value': container['id']}]})
    assert [c['_rid'] for c in found] == [container['_rid']]
    assert client.ReadOffer([o for o in client.ReadOffers() if o['resource'] == container['_self']][0]['_self'])['content']['offerThroughput'] == 400


@check('an item is created, read, replaced, upserted and deleted')
def _(container):
    made = client.CreateItem(container['_self'], {'id': 'größe 😀', 'pk': 'p', 'n': 1})
    options = {'partitionKey': 'p'}
    assert client.ReadItem(made['_self'], options)['n'] == 1
    made['n'] = 2
    assert client.ReplaceItem(made['_self'], made, options)['n'] == 2
    assert client.UpsertItem(container['_self'], {'id': 'größe 😀', 'pk': 'p', 'n': 3})['_rid'] == made['_rid']
    fails(409, lambda: client.CreateItem(container['_self'], {'id': 'größe 😀', 'pk': 'p'}))
    fails(412, lambda: client.ReplaceItem(made['_self'], made, {'partitionKey': 'p', 'accessCondition': {'type': 'IfMatch', 'condition': made['_etag']}}))
    client.DeleteItem(made['_self'], options)
    fails(404, lambda: client.ReadItem(made['_self'], options))


@check('keys of every kind')
def _(container):
    for i, value in enumerate(['1', 1, 1.5, True, False, None, '']):
        made = client.CreateItem(container['_self'], {'id': 'same', 'pk': value, 'n': i})
        assert client.ReadItem(made['_self'], {'partitionKey': value})['n'] == i


@check('a query within a partition')
def _(container):
    fill(container, 20)
    rows = query(container, 'SELECT * FROM c WHERE c.n > 5', partitionKey='k1', enableCrossPartitionQuery=False)
    assert sorted(r['n'] for r in rows) == [6, 11, 16]


@check('a query over partitions')
def _(container):
    fill(container, 20)
    assert len(query(container, 'SELECT * FROM c')) == 20
    assert query(container, 'SELECT VALUE c.n FROM c ORDER BY c.n DESC') == list(range(19, -1, -1))
    assert query(container, 'SELECT TOP 3 VALUE c.n FROM c ORDER BY c.n', maxItemCount=2) == [0, 1, 2]
    assert [r['n'] for r in query(container, 'SELECT * FROM c WHERE c.city = "Bern" ORDER BY c.n', maxItemCount=3)] == list(range(0, 20, 2))
    assert query(container, 'SELECT VALUE COUNT(1) FROM c') == [20]
    assert query(container, 'SELECT VALUE SUM(c.n) FROM c') == [190]
    assert query(container, 'SELECT VALUE AVG(c.n) FROM c') == [9.5]
    assert query(container, 'SELECT VALUE MAX(c.n) FROM c') == [19]
    assert query(container, 'SELECT VALUE MIN(c.n) FROM c') == [0]


@check('pages')
def _(container):
    fill(container, 20)
    assert len(set(r['id'] for r in query(container, 'SELECT * FROM c WHERE c.n >= 0', maxItemCount=3))) == 20
    assert len(set(r['id'] for r in client.ReadItems(container['_self'], {'maxItemCount': 3}))) == 20


@check('the change feed of each range')
def _(container):
    fill(container, 20)
    ranges = [r['id'] for r in client._ReadPartitionKeyRanges(container['_self'])]
    assert len(ranges) == partitions
    seen, tokens = [], {}
    for each in ranges:
        # This client finds headers only by the letters that Azure writes, 'etag' where others write 'ETag': it does not ask for a second page.
        seen += [r['id'] for r in client.QueryItemsChangeFeed(container['_self'], {'partitionKeyRangeId': each, 'isStartFromBeginning': True})]
        tokens[each] = {name.lower(): value for name, value in client.last_response_headers.items()}['etag']
    assert sorted(seen) == sorted('n%d' % i for i in range(20)), seen
    client.CreateItem(container['_self'], {'id': 'late', 'pk': 'k3'})
    rest = [r['id'] for each in ranges for r in client.QueryItemsChangeFeed(container['_self'], {'partitionKeyRangeId': each, 'continuation': tokens[each]})]
    assert rest == ['late'], rest


@check('a session token is kept and taken')
def _(container):
    made = client.CreateItem(container['_self'], {'id': 'a', 'pk': 'p'})
    token = client.last_response_headers['x-ms-session-token']
    assert client.ReadItem(made['_self'], {'partitionKey': 'p', 'sessionToken': token})['id'] == 'a'


@check('scripts run')
def _(container):
    procedure = client.CreateStoredProcedure(container['_self'], {'id': 'add', 'body': '''
        function (id, text) {
          const items = getContext().getCollection();
          items.createDocument(items.getSelfLink(), { id: id, pk: 'p', text: text }, function (error, made) {
            if (error) throw error;
            getContext().getResponse().setBody(made.text);
          });
        }'''})
    assert client.ExecuteStoredProcedure(procedure['_self'], ['made', 'by a script'], {'partitionKey': 'p'}) == 'by a script'
    fails(400, lambda: client.ExecuteStoredProcedure(procedure['_self'], ['made', 'twice'], {'partitionKey': 'p'}))
    client.CreateUserDefinedFunction(container['_self'], {'id': 'loud', 'body': 'function (text) { return text.toUpperCase(); }'})
    assert query(container, 'SELECT VALUE udf.loud(c.text) FROM c') == ['BY A SCRIPT']
    client.CreateTrigger(container['_self'], {'id': 'sign', 'triggerType': 'Pre', 'triggerOperation': 'All', 'body': '''
        function () { const r = getContext().getRequest(), item = r.getBody(); item.signed = true; r.setBody(item); }'''})
    assert client.CreateItem(container['_self'], {'id': 'signed', 'pk': 'p'}, {'preTriggerInclude': 'sign'})['signed'] is True


def expiring(container):
    assert container['defaultTtl'] == 1000
    assert client.CreateItem(container['_self'], {'id': 'a', 'pk': 'p', 'ttl': 60})['ttl'] == 60
    fails(400, lambda: client.CreateItem(container['_self'], {'id': 'b', 'pk': 'p', 'ttl': 0}))


expiring.definition = {'defaultTtl': 1000}
check('a container with a time to live')(expiring)


@check('search by distance within a partition')
def _(container):
    for name, vector in {'far': [9, 0], 'near': [1, 0.5], 'behind': [-1, 1]}.items():
        client.CreateItem(container['_self'], {'id': name, 'pk': 'p', 'v': vector})
    assert query(container, 'SELECT TOP 2 VALUE c.id FROM c ORDER BY VectorDistance(c.v, [1, 0])', partitionKey='p', enableCrossPartitionQuery=False) == ['far', 'near']


client.DeleteDatabase(database['_self'])
sys.exit(1 if failures else 0)
