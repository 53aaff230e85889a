/**
 * Tests of kind {@code http}: one request, and others ahead of it, each judged and with what it
 * captures for the next. How a request goes and how its time splits into phases is the business of
 * the room {@code exchange}.
 */
@NullMarked
package dev.jiggety.agent.probe.http;

import org.jspecify.annotations.NullMarked;
