/** Talks to a running system as its users do: HTTP, raw sockets, the log. */
@NullMarked
package dev.tally.system.client;

import org.jspecify.annotations.NullMarked;
