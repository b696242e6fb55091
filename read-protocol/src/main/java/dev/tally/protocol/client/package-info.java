/** The client of the read protocol: asks one instance, alone or together with other reads, within bounds. */
@NullMarked
package dev.tally.protocol.client;

import org.jspecify.annotations.NullMarked;
