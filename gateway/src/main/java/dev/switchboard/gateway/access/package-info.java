/**
 * Who calls the gateway and what he may reach. Plain Java; knows nothing of servlets or
 * Spring Security.
 */
@NullMarked
package dev.switchboard.gateway.access;

import org.jspecify.annotations.NullMarked;
