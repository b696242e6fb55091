/** The three topics, defined once, and their creation and verification at a service's start. */
@NullMarked
package dev.tally.schemas.topic;

import org.jspecify.annotations.NullMarked;
