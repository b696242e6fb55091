/** The definitions of the three topics, and their creation and verification at the start of a service. */
@NullMarked
package dev.tally.schemas.topic;

import org.jspecify.annotations.NullMarked;
