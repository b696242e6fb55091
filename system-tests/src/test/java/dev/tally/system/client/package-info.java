/** Clients of a running system, as its users use it: HTTP, raw sockets and the log. */
@NullMarked
package dev.tally.system.client;

import org.jspecify.annotations.NullMarked;
