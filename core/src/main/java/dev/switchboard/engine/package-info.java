/**
 * How a call is made: which route, which targets, in which order, until when. One call is
 * read in six files: {@code RouteChatModel}, {@code RouteExecutor},
 * {@code TargetSelector}, {@code AttemptLoop}, {@code FallbackPolicy} and
 * {@code AttemptRunner}. May import every other package of the core; none of them imports
 * this one.
 */
@NullMarked
package dev.switchboard.engine;

import org.jspecify.annotations.NullMarked;
