/** Reads the topics for the audit with a consumer that belongs to no group. */
@NullMarked
package dev.tally.standalone.audit.log;

import org.jspecify.annotations.NullMarked;
