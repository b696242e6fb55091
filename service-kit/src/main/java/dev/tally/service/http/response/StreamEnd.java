package dev.tally.service.http.response;

/** Why a stream is closed. */
public enum StreamEnd {
    /** Its producer ended it, and the client has been sent all of it. */
    COMPLETE,
    /** The client closed the connection or its sending side, or the connection broke. */
    DISCONNECTED,
    /** The client read too slowly: too many bytes were unsent, or none was read for too long. The connection is closed. */
    TOO_SLOW,
    /** The server is shutting down. The client has been sent what was written before. */
    SHUTTING_DOWN
}
