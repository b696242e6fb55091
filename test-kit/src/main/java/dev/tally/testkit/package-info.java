/** What the tests of several modules need. */
@NullMarked
package dev.tally.testkit;

import org.jspecify.annotations.NullMarked;
