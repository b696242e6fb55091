/**
 * An independent check of the state: reads the log, counts it again by the contract, and compares every counter with the answers
 * of the HTTP API. It shares no code with counter-streams.
 */
@NullMarked
package dev.tally.standalone.audit;

import org.jspecify.annotations.NullMarked;
