package dev.tally.query;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The response to a request target that no HTTP client would send. */
record RawResponse(int status, String body) {
    static RawResponse get(int port, String target) throws IOException {
        return send(port, "GET", target, "localhost");
    }

    /** @param host the value of the Host header, optionally followed by further headers */
    static RawResponse send(int port, String method, String target, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            String request = method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new RawResponse(
                    Integer.parseInt(answer.split(" ")[1]), answer.substring(answer.indexOf("\r\n\r\n") + 4));
        }
    }
}
