/** What a process is told from outside: each setting declared once, read from flags and variables, all problems at once. */
@NullMarked
package dev.tally.service.settings;

import org.jspecify.annotations.NullMarked;
