/** Settings of a process: each declared once, read from flags and variables, with all problems reported at once. */
@NullMarked
package dev.tally.service.settings;

import org.jspecify.annotations.NullMarked;
