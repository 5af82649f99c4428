// A canvas context that writes SVG instead of painting. The network and its labels draw themselves on it with the very
// code that paints the screen, so the drawing is what is seen: no second renderer to keep in step.
const XML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const xml = (text) => String(text).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "").replace(/[&<>"]/g, (sign) => XML[sign]);
const short2 = (value) => String(Math.round(value * 100) / 100);
const PAINT = ["fillStyle", "strokeStyle", "lineWidth", "globalAlpha", "font", "textAlign", "textBaseline", "lineJoin", "lineCap", "direction"];

class SvgContext {
  constructor(width, height) {
    this.canvas = { width, height, clientWidth: width, clientHeight: height };
    this.out = [];
    this.stack = [];
    this.matrix = [1, 0, 0, 1, 0, 0];
    this.dashes = [];
    this.path = "";
    this.measure = document.createElement("canvas").getContext("2d");
    Object.assign(this, { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "10px sans-serif", textAlign: "start", textBaseline: "alphabetic", lineJoin: "miter", lineCap: "butt" });
  }
  save() { this.stack.push([Object.fromEntries(PAINT.map((name) => [name, this[name]])), [...this.matrix], [...this.dashes]]); }
  restore() {
    if (!this.stack.length) return;
    const [paint, matrix, dashes] = this.stack.pop();
    Object.assign(this, paint, { matrix, dashes });
  }
  transform(a, b, c, d, e, f) {
    const [A, B, C, D, E, F] = this.matrix;
    this.matrix = [A * a + C * b, B * a + D * b, A * c + C * d, B * c + D * d, A * e + C * f + E, B * e + D * f + F];
  }
  translate(x, y) { this.transform(1, 0, 0, 1, x, y); }
  scale(x, y) { this.transform(x, 0, 0, y, 0, 0); }
  rotate(angle) { this.transform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0); }
  setTransform(a, b, c, d, e, f) { this.matrix = [a, b, c, d, e, f]; }
  resetTransform() { this.matrix = [1, 0, 0, 1, 0, 0]; }
  getTransform() { return new DOMMatrix(this.matrix); }
  setLineDash(dashes) { this.dashes = dashes || []; }
  getLineDash() { return this.dashes; }
  at(x, y) {
    const [a, b, c, d, e, f] = this.matrix;
    return `${short2(a * x + c * y + e)} ${short2(b * x + d * y + f)}`;
  }
  get zoom() { return Math.hypot(this.matrix[0], this.matrix[1]); }
  beginPath() { this.path = ""; }
  closePath() { if (this.path) this.path += "Z"; }
  moveTo(x, y) { this.path += `M${this.at(x, y)}`; }
  lineTo(x, y) { this.path += `${this.path ? "L" : "M"}${this.at(x, y)}`; }
  quadraticCurveTo(a, b, x, y) { this.path += `Q${this.at(a, b)} ${this.at(x, y)}`; }
  bezierCurveTo(a, b, c, d, x, y) { this.path += `C${this.at(a, b)} ${this.at(c, d)} ${this.at(x, y)}`; }
  rect(x, y, w, h) { this.path += `M${this.at(x, y)}L${this.at(x + w, y)}L${this.at(x + w, y + h)}L${this.at(x, y + h)}Z`; }
  roundRect(x, y, w, h) { this.rect(x, y, w, h); }
  ellipse(x, y, rx, ry, turn, start, end) {
    const point = (angle) => [x + rx * Math.cos(angle), y + ry * Math.sin(angle)];
    const parts = Math.abs(end - start) >= 2 * Math.PI - 1e-6 ? 2 : 1; // an SVG arc cannot be a whole circle
    this.lineTo(...point(start));
    for (let i = 1; i <= parts; i++) {
      const [from, to] = [start + ((end - start) * (i - 1)) / parts, start + ((end - start) * i) / parts];
      this.path += `A${short2(rx * this.zoom)} ${short2(ry * this.zoom)} 0 ${Number(Math.abs(to - from) > Math.PI)} ${Number(end > start)} ${this.at(...point(to))}`;
    }
  }
  arc(x, y, r, start, end) { this.ellipse(x, y, r, r, 0, start, end); }
  fill() { this.shape(`fill="${xml(this.fillStyle)}"`); }
  stroke() {
    const dashes = this.dashes.length ? ` stroke-dasharray="${this.dashes.map((dash) => short2(dash * this.zoom)).join(" ")}"` : "";
    this.shape(`fill="none" stroke="${xml(this.strokeStyle)}" stroke-width="${short2(this.lineWidth * this.zoom)}"${dashes} stroke-linejoin="${this.lineJoin}" stroke-linecap="${this.lineCap}"`);
  }
  shape(paint) { if (this.path) this.out.push(`<path d="${this.path}" ${paint}${this.alpha()}/>`); }
  alpha() { return this.globalAlpha < 1 ? ` opacity="${short2(this.globalAlpha)}"` : ""; }
  fillRect(x, y, w, h) { this.beginPath(); this.rect(x, y, w, h); this.fill(); this.beginPath(); }
  clearRect() {}
  clip() {}
  drawImage() {}
  measureText(text) { this.measure.font = this.font; return this.measure.measureText(text); }
  fillText(text, x, y) { this.words(text, x, y, `fill="${xml(this.fillStyle)}"`); }
  strokeText(text, x, y) { this.words(text, x, y, `fill="none" stroke="${xml(this.strokeStyle)}" stroke-width="${short2(this.lineWidth)}" stroke-linejoin="round"`); }
  words(text, x, y, paint) {
    const anchor = { center: "middle", right: "end", end: "end" }[this.textAlign] || "start";
    const base = { middle: "central", top: "hanging" }[this.textBaseline] || "alphabetic";
    this.out.push(`<text x="${short2(x)}" y="${short2(y)}" transform="matrix(${this.matrix.map((value) => String(Math.round(value * 1e4) / 1e4)).join(" ")})" style="font:${xml(this.font)}" ${paint}${this.alpha()} text-anchor="${anchor}" dominant-baseline="${base}">${xml(text)}</text>`);
  }
  toString() {
    const { width, height } = this.canvas;
    return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n<rect width="100%" height="100%" fill="${xml(colours.ground)}"/>\n${this.out.join("\n")}\n</svg>\n`;
  }
}
