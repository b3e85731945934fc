/**
 * What those who run the gateway ask it: what was spent, and by whom.
 */
@NullMarked
package dev.switchboard.gateway.admin;

import org.jspecify.annotations.NullMarked;
