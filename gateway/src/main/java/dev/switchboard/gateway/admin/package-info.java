/**
 * What those who run the gateway ask it and tell it: what was spent, and who has which
 * keys.
 */
@NullMarked
package dev.switchboard.gateway.admin;

import org.jspecify.annotations.NullMarked;
