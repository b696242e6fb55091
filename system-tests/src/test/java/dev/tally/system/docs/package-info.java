/** Parsers for the documentation pages that the tests check. */
@NullMarked
package dev.tally.system.docs;

import org.jspecify.annotations.NullMarked;
