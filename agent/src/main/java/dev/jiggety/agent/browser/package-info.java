/**
 * A browser as tests see it: {@link dev.jiggety.agent.browser.Browser} is the port; each engine
 * that can play it is a package below and found by {@link java.util.ServiceLoader} as a {@link
 * dev.jiggety.agent.browser.BrowserEngine}. Knows HTTP exchanges and the model, and nothing of why
 * a page is looked at.
 */
@NullMarked
package dev.jiggety.agent.browser;

import org.jspecify.annotations.NullMarked;
