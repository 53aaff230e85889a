package dev.jiggety.agent.browser;

import dev.jiggety.model.ErrorKind;
import java.util.Set;

/**
 * What a hostile page does, and what a test of it may rightly say. A test passes over one when it
 * ends in time with one of the reasons, or, where that is allowed, with the page loaded.
 */
public enum Trap {
  /** A script that never ends. */
  ENDLESS_LOOP(false, ErrorKind.TIMEOUT, ErrorKind.LIMIT),
  /** One that hides in a handler of the load event. */
  ENDLESS_ON_LOAD(false, ErrorKind.TIMEOUT, ErrorKind.LIMIT),
  /** One that catches every exception that could end it. */
  ENDLESS_CATCHING(false, ErrorKind.TIMEOUT, ErrorKind.LIMIT),
  /** One that begins after the page is there. */
  ENDLESS_LATER(true, ErrorKind.TIMEOUT, ErrorKind.LIMIT),
  /** A function that calls itself for ever: its error, and no more. */
  RECURSION(true),
  /** Strings that double for ever: only a limit of the process ends it. */
  MEMORY_BOMB(false, ErrorKind.LIMIT, ErrorKind.TIMEOUT),
  /** A regular expression that backtracks for ever: in HtmlUnit only a kill ends it. */
  REGEX_BOMB(true, ErrorKind.TIMEOUT, ErrorKind.LIMIT),
  /** A page of one gigabyte. */
  GIGABYTE(false, ErrorKind.LIMIT, ErrorKind.TIMEOUT),
  /** A gigabyte that came as a megabyte. */
  GZIP_BOMB(false, ErrorKind.LIMIT, ErrorKind.TIMEOUT),
  /** A byte now and then, for ever. */
  DRIP(false, ErrorKind.TIMEOUT),
  /** No answer at all. */
  SILENCE(false, ErrorKind.TIMEOUT),
  /** A picture that never comes. */
  SLOW_IMAGE(true, ErrorKind.TIMEOUT),
  /** A redirect to itself. */
  REDIRECT_LOOP(false, ErrorKind.PROTOCOL),
  /** A redirect to ever new addresses. */
  REDIRECT_CHAIN(false, ErrorKind.PROTOCOL),
  /** Two pages that refresh each other. */
  REFRESH_LOOP(true, ErrorKind.PROTOCOL, ErrorKind.TIMEOUT),
  /** Pages that send each other on by script. */
  LOCATION_LOOP(true, ErrorKind.PROTOCOL, ErrorKind.LIMIT, ErrorKind.TIMEOUT),
  TLS_EXPIRED(false, ErrorKind.TLS),
  TLS_WRONG_HOST(false, ErrorKind.TLS),
  TLS_SELF_SIGNED(false, ErrorKind.TLS),
  /** Ten thousand links. */
  LINKS(true),
  /** Two thousand pictures, each with an address of its own. */
  IMAGES(true, ErrorKind.LIMIT, ErrorKind.TIMEOUT),
  /** A hundred thousand elements in one another: HtmlUnit's parser takes hours. */
  NESTING(true, ErrorKind.LIMIT, ErrorKind.TIMEOUT),
  /** UTF-8 that calls itself UTF-16. */
  WRONG_CHARSET(true),
  /** A charset that there is not. */
  UNKNOWN_CHARSET(true),
  /** Half of a pair, bytes that are no character, NUL. */
  BROKEN_TEXT(true),
  /** UTF-16 that does not say so. */
  UTF16_WITHOUT_BOM(true),
  /** Scripts that are none. */
  INVALID_SCRIPT(true),
  /** What HtmlUnit cannot parse: private fields, import, top-level await. */
  MODERN_SCRIPT(true),
  /** Alert boxes for ever. */
  ALERTS(true, ErrorKind.LIMIT, ErrorKind.TIMEOUT),
  /** Asks before it is left. */
  BEFORE_UNLOAD(true),
  /** A download instead of a page. */
  ATTACHMENT(true, ErrorKind.PROTOCOL),
  /** Bytes without a meaning. */
  OCTETS(true, ErrorKind.PROTOCOL),
  /** A page that frames itself. */
  FRAMES(true, ErrorKind.LIMIT, ErrorKind.TIMEOUT),
  /** Two thousand cookies. */
  COOKIES(true),
  /** A header of a megabyte. */
  HUGE_HEADER(false, ErrorKind.PROTOCOL, ErrorKind.LIMIT, ErrorKind.RESET),
  /** Wants a web socket. */
  WEBSOCKET(true),
  /** Windows without end. */
  POPUPS(true, ErrorKind.LIMIT, ErrorKind.TIMEOUT),
  /** Timers that never end. */
  TIMERS(true),
  /** Writes itself on and on. */
  WRITES(false, ErrorKind.TIMEOUT, ErrorKind.LIMIT),
  /** Reads files of the machine into frames, pictures, scripts and requests. */
  LOCAL_FILES(true),
  /** Ends in the middle. */
  CUT_SHORT(true, ErrorKind.RESET, ErrorKind.PROTOCOL);

  private final boolean mayLoad;

  @SuppressWarnings("ImmutableEnumChecker") // it is one by Set.of
  private final Set<ErrorKind> reasons;

  Trap(boolean mayLoad, ErrorKind... reasons) {
    this.mayLoad = mayLoad;
    this.reasons = Set.of(reasons);
  }

  /** Whether a browser that does not mind is right too. */
  public boolean mayLoad() {
    return mayLoad;
  }

  /** What may be said when it does not load. */
  public Set<ErrorKind> reasons() {
    return reasons;
  }

  /** Whether HtmlUnit gets out of it only with its process. */
  public boolean needsKill() {
    return this == MEMORY_BOMB || this == REGEX_BOMB || this == NESTING;
  }
}
