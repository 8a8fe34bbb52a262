// Reads a QR code as a phone's camera would: `{width, height, pixels}` comes in, RGBA in
// base64; the text goes out, or nothing where none can be read. Run with tests/npm in reach.
import jsQR from "jsqr";

let text = "";
for await (const piece of process.stdin) text += piece;
const { width, height, pixels } = JSON.parse(text);
const found = jsQR(new Uint8ClampedArray(Buffer.from(pixels, "base64")), width, height);
process.stdout.write(found?.data ?? "");
