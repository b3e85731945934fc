/**
 * The native APIs of the providers, with our credential in place of the caller's:
 * {@code /passthrough/{provider}/**}. {@link PassthroughRoutes} is the way in. A request
 * goes through {@code PassthroughHandler} (may he?), {@code Outgoing} (what is sent),
 * {@code Exchange} (send it, pass the answer on) and {@code AnswerReader} (what did it
 * take?).
 */
@NullMarked
package dev.switchboard.gateway.passthrough;

import org.jspecify.annotations.NullMarked;
