package dev.tally.standalone.cli;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Describes why a request has no answer, as a sentence that says what is there instead of Tally. */
final class NoAnswer {

    private static final String ADDRESS = "TALLY_URL and TALLY_QUERY_URL set the address";

    private NoAnswer() {}

    static CommandFailedException of(String url, IOException failure) {
        return new CommandFailedException(ExitCode.FAILED, sentence(url, failure));
    }

    private static String sentence(String url, IOException failure) {
        if (has(failure, ConnectException.class)
                || has(failure, NoRouteToHostException.class)
                || has(failure, UnknownHostException.class)) {
            return "Cannot reach " + url + ": is Tally running? Start it with scripts/tally up";
        } else if (has(failure, SocketTimeoutException.class)) {
            return url + " accepted the connection and did not answer: is it Tally? " + ADDRESS;
        } else if (has(failure, SSLException.class)) {
            return url + " answered, but not with TLS: is it an http:// address? " + ADDRESS;
        } else if (has(failure, ProtocolException.class)) {
            return url + " answered, but not with HTTP: it is not Tally. " + ADDRESS;
        } else if (has(failure, EOFException.class) || has(failure, SocketException.class)) {
            return url
                    + " closed the connection without an answer: it is not an HTTP server, or it was stopped just now. "
                    + ADDRESS;
        }
        return "The connection to " + url + " broke: " + failure.getMessage();
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
