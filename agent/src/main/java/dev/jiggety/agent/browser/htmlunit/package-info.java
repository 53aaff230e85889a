/**
 * HtmlUnit as a browser: light, in this process, without a screen. One client for each browser and
 * never shared. Its own network layer is not used: every request goes over {@code agent.exchange},
 * so that times and failures are the same as those of http tests.
 */
@NullMarked
package dev.jiggety.agent.browser.htmlunit;

import org.jspecify.annotations.NullMarked;
