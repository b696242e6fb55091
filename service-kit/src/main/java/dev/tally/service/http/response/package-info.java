/** What a request is answered with, at once or as a stream, and writing it on the IO thread of its connection. */
@NullMarked
package dev.tally.service.http.response;

import org.jspecify.annotations.NullMarked;
