# Writes each value of a JSON text as a line: its path, a tab, the value. Ends with 1 when the text is no JSON.
# No other tool for JSON is sure to be there. Comments, and commas before a bracket, pass as they do elsewhere.
{ text = text $0 "\n" }

END {
  take()
  value("")
  exit failed || kind != "end"
}

function value(path,    name, i) {
  if (kind == "string" || kind == "plain") {
    print path "\t" token
    take()
  } else if (kind == "{") {
    for (take(); kind == "string" && !failed; skip_comma("}")) {
      name = token
      take()
      expect(":")
      value(path "." name)
    }
    expect("}")
  } else if (kind == "[") {
    for (take(); kind != "]" && !failed; skip_comma("]"))
      value(path "." i++)
    expect("]")
  } else
    failed = 1
}

function expect(wanted) {
  if (kind != wanted)
    failed = 1
  take()
}

function skip_comma(end) {
  if (kind == ",")
    take()
  else if (kind != end)
    failed = 1
}

# The next token: its kind, and in token what it says.
function take() {
  while (match(text, "^([ \t\r\n]+|//[^\n]*|/[*]([^*]|[*]+[^*/])*[*]+/)"))
    text = substr(text, RLENGTH + 1)
  if (text == "") {
    kind = "end"
    return
  }
  if (match(text, /^"([^"\\]|\\.)*"/)) {
    kind = "string"
    token = substr(text, 2, RLENGTH - 2)
  } else if (match(text, /^(-?[0-9][0-9.eE+-]*|true|false|null)/)) {
    kind = "plain"
    token = substr(text, 1, RLENGTH)
  } else {
    kind = substr(text, 1, 1)
    RLENGTH = 1
  }
  text = substr(text, RLENGTH + 1)
}
