// Comma-separated values after RFC 4180, with a byte order mark so that Excel reads UTF-8. What a spreadsheet would
// take for a formula gets an apostrophe in front: a name in an article must not run in anyone's spreadsheet.
function csvCell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value !== "number" ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csvText = (rows) => `\ufeff${rows.map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
