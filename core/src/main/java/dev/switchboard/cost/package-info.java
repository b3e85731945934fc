/**
 * What a model can do and what it costs: identifiers, capabilities, tokens and money.
 * Imports nothing but the JDK.
 */
@NullMarked
package dev.switchboard.cost;

import org.jspecify.annotations.NullMarked;
