// What native code does by calling itself, without looking at the limits, looks at them here first: a value that is nested without end
// would end the process.
(function () {
  'use strict';
  const deepest = 200, longest = 10000000;

  function check(value, inside) {
    const open = [[value, 0]];
    while (open.length > 0) {
      const [item, depth] = open.pop();
      if (depth > deepest) throw new RangeError('The value is nested too deeply; ' + deepest + ' levels are allowed.');
      for (const part of inside(item)) {
        if (part !== null && typeof part === 'object') open.push([part, depth + 1]);
      }
    }
  }

  function arrays(item) { return Array.isArray(item) ? item.filter(Array.isArray) : []; }

  function all(item) { return Object.values(item); }

  function guard(owner, name, before) {
    const own = owner[name];
    Object.defineProperty(owner, name, {
      value: function () {
        before.call(this, arguments);
        return own.apply(this, arguments);
      },
      writable: true,
      configurable: true
    });
  }

  function length(most) {
    if (most > longest) throw new RangeError('The text is too long; ' + longest + ' characters are allowed.');
  }

  guard(JSON, 'stringify', function (given) { if (given[0] !== null && typeof given[0] === 'object') check(given[0], all); });
  for (const name of ['toString', 'toLocaleString', 'flat']) guard(Array.prototype, name, function () { check(this, arrays); });
  guard(Array.prototype, 'join', function (given) {
    check(this, arrays);
    length(this.length * String(given[0] === undefined ? ',' : given[0]).length);
  });
  guard(String.prototype, 'repeat', function (given) { length(String(this).length * Number(given[0])); });
  for (const name of ['padStart', 'padEnd']) guard(String.prototype, name, function (given) { length(Number(given[0])); });
  delete globalThis.Proxy;

  // As on Cosmos DB an error may have a number before its text, which the client gets as the substatus.
  const Plain = Error;
  const Numbered = function Error(number, text) {
    const isNumbered = typeof number === 'number' && typeof text === 'string';
    const error = Reflect.construct(Plain, isNumbered ? [text] : Array.prototype.slice.call(arguments), new.target || Numbered);
    if (isNumbered) Object.defineProperty(error, 'number', { value: number, writable: true, configurable: true });
    return error;
  };
  Object.setPrototypeOf(Numbered, Plain);
  Numbered.prototype = Plain.prototype;
  Object.defineProperty(Plain.prototype, 'constructor', { value: Numbered });
  Object.defineProperty(globalThis, 'Error', { value: Numbered });
})();
