/** The table of bad requests: what is sent, and how it is to be refused. */
@NullMarked
package dev.tally.system.bad;

import org.jspecify.annotations.NullMarked;
