/** What is written down for people, read as the tests need it. */
@NullMarked
package dev.tally.system.docs;

import org.jspecify.annotations.NullMarked;
