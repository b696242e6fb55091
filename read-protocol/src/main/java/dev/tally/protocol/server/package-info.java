/** The server of the read protocol: its endpoints over any reader. */
@NullMarked
package dev.tally.protocol.server;

import org.jspecify.annotations.NullMarked;
