/** The listening socket, and what each connection gets before Undertow reads its first byte. */
@NullMarked
package dev.tally.service.http.connection;

import org.jspecify.annotations.NullMarked;
