package dev.jiggety.agent.browser;

import dev.jiggety.model.Check;
import dev.jiggety.model.Hop;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Picture;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One browser, used by one thread, for one sample. What leads to a page waits until the page is
 * there, redirects included, and throws a {@link BrowserException} when no page comes: an HTTP
 * status of 404 or 500 is a page. Nothing is read from or written to the machine's files but below
 * the folder of its options.
 */
public interface Browser extends AutoCloseable {

  /** Goes to an address, absolute or relative to where it is. */
  void go(String url);

  /** One page back in the history, without asking for it again where the engine can. */
  void back();

  /** Asks for the page again. */
  void reload();

  /** Follows a link of the view. */
  void follow(View.Link link);

  /**
   * Sends a form of the view.
   *
   * @param button its index in the form, or -1 for none
   */
  void submit(int form, int button);

  /** Loads a page with all that belongs to it and tells how that went. */
  PageLoad load(String url, Duration settle);

  /** What it shows. */
  View view();

  /** The text of every node that an XPath 1.0 finds in the page; attributes give their value. */
  List<String> xpath(String expression);

  /** The text of every element that a CSS selector finds in the page. */
  List<String> css(String selector);

  /** Writes into a field, or picks: for a select the value or the text of an option. */
  void set(int form, int field, String value);

  /** Checks, unchecks, chooses a radio button. */
  void check(int form, int field, boolean on);

  /** Chooses or drops one option of a select that takes several. */
  void choose(int form, int field, String option, boolean on);

  /** Attaches a file to a field of type file. */
  void attach(int form, int field, String fileName, String mediaType, byte[] content);

  /** Changes where a form goes. */
  void action(int form, String url);

  /** Cookies, one line each as in a Set-Cookie header. */
  List<String> cookies();

  /** Forgets all cookies. */
  void clearCookies();

  /**
   * Basic authentication where it is asked for.
   *
   * @param realm empty for any
   * @param url where; what begins with it is meant too
   */
  void authenticate(String realm, String url, String user, String password);

  /** Headers that go with every request from now on, the user agent's name among them. */
  void headers(List<Check.Header> headers);

  /** How long one page may take from now on; the deadline of the options counts besides. */
  void timeout(Duration timeout);

  /** Follows meta refreshes of up to so many seconds; negative for none. */
  void refreshLimit(int seconds);

  /** Addresses of the history, oldest first. */
  List<String> history();

  /** The exchanges since the last call, in order; with phases where the engine knows them. */
  List<Hop> exchanges();

  /** Bytes of bodies over the wire since it was opened. */
  long bytes();

  /** Days until the first certificate of the last answer's chain expires; empty without TLS. */
  OptionalLong certificateDays();

  /** What it looks like; empty where the engine draws nothing. At most 300 KB. */
  Optional<Picture> picture();

  /** Ends it with all that it started. */
  @Override
  void close();
}
