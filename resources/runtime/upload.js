/** A message with files on its way, told as it goes; fetch cannot say how much has left. */

/**
 * Answers as `fetch` does, with the body as it comes.
 * @param {string} address
 * @param {{headers: Record<string, string>, body: FormData, signal: AbortSignal}} message
 * @param {(part: number) => void} told how much of it is out, 0 to 1
 * @returns {Promise<Response>}
 */
export function upload(address, { headers, body, signal }, told) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    /** @type {ReadableStreamDefaultController<Uint8Array> | null} */
    let answer = null;
    let taken = 0;
    const encoder = new TextEncoder();

    function begin() {
      told(1);
      const { status } = request;
      const bare = [204, 205, 304].includes(status);
      const stream = new ReadableStream({ start: (controller) => void (answer = controller) });
      done(new Response(bare ? null : stream, { status, headers: headersOf(request) }));
    }

    function pass() {
      const text = request.responseText;
      if (text.length > taken) answer?.enqueue(encoder.encode(text.slice(taken)));
      taken = text.length;
    }

    function lose() {
      const error = new TypeError("the connection was lost");
      fail(error);
      answer?.error(error);
    }

    request.open("POST", address);
    request.overrideMimeType("text/plain; charset=utf-8");
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => told(Math.min(loaded / total, 0.99));
    request.onreadystatechange = () => request.readyState === 2 && request.status && begin();
    request.onprogress = pass;
    request.onload = () => {
      pass();
      answer?.close();
    };
    request.onerror = request.onabort = lose;
    signal.addEventListener("abort", () => request.abort());
    if (signal.aborted) lose();
    else request.send(body);
  });
}

/** @param {XMLHttpRequest} request */
function headersOf(request) {
  const headers = new Headers();
  for (const line of request.getAllResponseHeaders().trim().split(/[\r\n]+/)) {
    const at = line.indexOf(":");
    if (at > 0) headers.append(line.slice(0, at), line.slice(at + 1).trim());
  }
  return headers;
}
