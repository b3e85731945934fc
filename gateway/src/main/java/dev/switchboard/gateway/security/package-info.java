/**
 * Who may call the gateway: one filter chain of Spring Security for the gateway's paths,
 * which leaves those of the application alone. The only package that knows Spring
 * Security; only {@link dev.switchboard.gateway.security.JwtBearerTokens} needs its
 * resource server.
 */
@NullMarked
package dev.switchboard.gateway.security;

import org.jspecify.annotations.NullMarked;
