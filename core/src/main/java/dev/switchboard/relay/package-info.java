/**
 * Requests that came on a wire and go to targets of the same wire as they came, byte by
 * byte: a kind of attempt beside that through Spring AI's models. Imports what comes
 * before {@code provider}, and that.
 */
@NullMarked
package dev.switchboard.relay;

import org.jspecify.annotations.NullMarked;
