/**
 * Tests of kind {@code page}: a page with its scripts, pictures and style sheets, loaded by a
 * browser. Its times are the browser's and a series of their own, never mixed with those of http
 * tests. Measured in a worker process, since it runs what others have written.
 */
@NullMarked
package dev.jiggety.agent.probe.page;

import org.jspecify.annotations.NullMarked;
