// What a script finds on the server: getContext(), and __ which is its collection with shorter ways to ask it.
// Everything goes through one function of the host, which takes and gives text; it answers null when a call comes too late.
(function (host, start) {
  'use strict';
  const pending = [];
  const selfLink = start.selfLink;
  const altLink = start.altLink;

  // Callbacks run after the code that asked, one after another, however deep a script nests them.
  function ask(name, args, callback) {
    const text = host(name, JSON.stringify(args));
    if (text === null) return false;
    const answer = JSON.parse(text);
    pending.push(function () {
      if (!answer.error) {
        if (callback) callback(undefined, answer.resource, answer.options);
        return;
      }
      const error = Object.assign(new Error(answer.error.body), answer.error);
      if (!callback) throw error;
      callback(error, undefined, answer.options);
    });
    return true;
  }

  // What a script promises it has to keep: a promise that is broken is an error that nobody handled.
  function follow(result) {
    if (result && typeof result.then === 'function') {
      result.then(undefined, function (error) { pending.push(function () { throw error; }); });
    }
  }

  function drain() {
    while (pending.length > 0) pending.shift()();
  }

  // Options and callback are both optional.
  function request(name, count) {
    return function () {
      const given = Array.prototype.slice.call(arguments, 0, count);
      const rest = Array.prototype.slice.call(arguments, count);
      const callback = rest.find(function (value) { return typeof value === 'function'; });
      const options = rest.find(function (value) { return value && typeof value === 'object'; });
      while (given.length < count) given.push(null);
      return ask(name, given.concat([options || {}]), callback);
    };
  }

  const collection = {
    getSelfLink: function () { return selfLink; },
    getAltLink: function () { return altLink; },
    createDocument: request('create', 2),
    upsertDocument: request('upsert', 2),
    readDocument: request('read', 1),
    replaceDocument: request('replace', 2),
    deleteDocument: request('delete', 1),
    readDocuments: request('feed', 1),
    queryDocuments: request('query', 2)
  };

  function message(first, writable) {
    let body = first.body;
    function setBody(value) {
      if (!writable) throw new Error('The body cannot be set here.');
      body = value;
    }

    return {
      getBody: function () { return body; },
      setBody: setBody,
      appendBody: function (value) { body = (body === undefined ? '' : body) + (typeof value === 'string' ? value : JSON.stringify(value)); },
      getValue: function (name) { return name === 'Body' ? body : undefined; },
      setValue: function (name, value) {
        if (name !== 'Body') throw new Error(`'${name}' cannot be set, only 'Body' can.`);
        setBody(value);
      },
      getOperationType: function () { return first.operation; },
      getResourceQuotaCurrentUsage: function () { return first.usage; },
      getMaxResourceQuota: function () { return first.quota; }
    };
  }

  const requestMessage = message(start.request, start.writesRequest);
  const responseMessage = message(start.response || {}, true);
  const context = {
    getCollection: function () { return collection; },
    getRequest: function () { return requestMessage; },
    getResponse: function () {
      if (!start.response) throw new Error('There is no response yet: the trigger runs before the operation.');
      return responseMessage;
    },
    abort: function (error) { throw error instanceof Error ? error : new Error(String(error)); }
  };

  // The steps of __.chain(): each takes all that the one before gave.
  const steps = {
    filter: function (items, test) { return items.filter(function (item) { return test(item); }); },
    map: function (items, change) { return items.map(function (item) { return change(item); }); },
    pluck: function (items, name) { return items.map(function (item) { return item[name]; }); },
    flatten: function (items, shallow) { return items.flat(shallow ? 1 : Infinity); },
    sortBy: function (items, key) { return sorted(items, key, 1); },
    sortByDescending: function (items, key) { return sorted(items, key, -1); },
    unwind: function (items, inner, make) {
      return items.flatMap(function (item) {
        const values = typeof inner === 'string' ? item[inner] : inner(item);
        return Array.isArray(values) ? values.map(function (value) { return make ? make(item, value) : Object.assign({}, item, { [inner]: value }); }) : [];
      });
    }
  };

  function sorted(items, key, sign) {
    return items.slice().sort(function (a, b) {
      const left = key(a), right = key(b);
      return left < right ? -sign : left > right ? sign : 0;
    });
  }

  function run(list, options, callback) {
    if (typeof options === 'function') { callback = options; options = undefined; }
    const accepted = ask('all', [options || {}], function (error, items, info) {
      if (error) {
        if (!callback) throw error;
        callback(error, undefined, info);
        return;
      }
      const result = list.reduce(function (values, step) { return steps[step.name].apply(null, [values].concat(step.args)); }, items);
      if (callback) callback(undefined, result, info);
      else responseMessage.setBody(result);
    });
    return { isAccepted: accepted };
  }

  function chain(list) {
    const links = {};
    Object.keys(steps).forEach(function (name) {
      links[name] = function () { return chain(list.concat([{ name: name, args: Array.prototype.slice.call(arguments) }])); };
    });
    links.value = function (options, callback) { return run(list, options, callback); };
    return links;
  }

  const shortcuts = Object.assign({ request: requestMessage, response: responseMessage, chain: function () { return chain([]); } }, collection);
  Object.keys(steps).forEach(function (name) {
    shortcuts[name] = function () {
      const given = Array.prototype.slice.call(arguments);
      const own = given.splice(0, name === 'unwind' ? 2 : given.length === 0 || (name === 'flatten' && typeof given[0] !== 'boolean') ? 0 : 1);
      return run([{ name: name, args: own }], given[0], given[1]);
    };
  });

  function log() {
    host('log', JSON.stringify([Array.prototype.map.call(arguments, function (part) { return typeof part === 'string' ? part : JSON.stringify(part); }).join(' ')]));
  }

  Object.defineProperty(globalThis, 'getContext', { value: function () { return context; } });
  Object.defineProperty(globalThis, '__', { value: shortcuts });
  Object.defineProperty(globalThis, 'console', { value: { log: log, info: log, warn: log, error: log } });
  return {
    drain: drain,
    follow: follow,
    waits: function () { return pending.length > 0; },
    request: function () { return JSON.stringify(requestMessage.getBody()); },
    response: function () { return JSON.stringify(responseMessage.getBody()); }
  };
})
