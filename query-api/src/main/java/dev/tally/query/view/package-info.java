/** The pages for a browser. */
@NullMarked
package dev.tally.query.view;

import org.jspecify.annotations.NullMarked;
