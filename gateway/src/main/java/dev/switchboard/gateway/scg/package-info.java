/**
 * Keeps what Spring Cloud Gateway changes about an application to the routes of Spring
 * Cloud Gateway: adding this gateway is no reason for the application's own clients and
 * uploads to work in another way.
 */
@NullMarked
package dev.switchboard.gateway.scg;

import org.jspecify.annotations.NullMarked;
