/**
 * What the endpoints of the gateway share at their edge to servlets.
 */
@NullMarked
package dev.switchboard.gateway.front;

import org.jspecify.annotations.NullMarked;
