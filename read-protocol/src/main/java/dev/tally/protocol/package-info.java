/** The read protocol between the services: request targets, their parameters, and the answers as JSON. */
@NullMarked
package dev.tally.protocol;

import org.jspecify.annotations.NullMarked;
