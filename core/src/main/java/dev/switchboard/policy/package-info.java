/**
 * What happens when an attempt fails: the kinds of failure and the rules that answer
 * them. Imports nothing but the JDK.
 */
@NullMarked
package dev.switchboard.policy;

import org.jspecify.annotations.NullMarked;
