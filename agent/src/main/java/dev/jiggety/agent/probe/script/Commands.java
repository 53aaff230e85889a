package dev.jiggety.agent.probe.script;

import dev.jiggety.twill.Kind;
import dev.jiggety.twill.Line;
import dev.jiggety.twill.UserAgents;
import dev.jiggety.twill.Words;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Runs one command after another; says with which class. */
final class Commands {
  private static final String DEFAULT_TIMEOUT = "10";

  private final Session session;
  private final Variables variables;
  private final PageCommands pages;
  private final FormCommands forms;
  private final ShowCommands shows;
  private final MatchCommands matches;
  private final LinkCommands links;
  private final NameCommands names;
  private final Deque<Line> cleanups = new ArrayDeque<>();
  private boolean ended;

  Commands(Session session, Variables variables, NameService service, Output output) {
    this.session = session;
    this.variables = variables;
    this.pages = new PageCommands(session, variables);
    this.forms = new FormCommands(session);
    this.shows = new ShowCommands(session, output);
    this.matches = new MatchCommands(session, variables, output);
    this.links = new LinkCommands(session, output);
    this.names = new NameCommands(service, session.clock());
  }

  /** Whether {@code exit} was run. */
  boolean ended() {
    return ended;
  }

  /** What is to run in the end, the last one first. */
  Deque<Line> cleanups() {
    return cleanups;
  }

  /** After a page was gone to: what every page must fulfil. */
  void loaded() {
    links.loaded();
  }

  /** Runs a line; a {@link ScriptFailure} or a browser's when it does not come to a good end. */
  void run(Line line) {
    if (line.cleanup() != null) {
      cleanups.push(line.cleanup());
      return;
    }
    Arguments args = new Arguments(line, variables);
    switch (line.command()) {
      case GO -> pages.go(args.get(0));
      case BACK -> pages.back();
      case RELOAD -> pages.reload();
      case FOLLOW -> pages.follow(args.get(0));
      case CODE -> pages.code(args.get(0));
      case URL -> pages.url(args.get(0));
      case TITLE -> pages.title(args.get(0));
      case FIND -> pages.find(args.get(0), args.get(1, ""));
      case NOT_FIND -> pages.notFind(args.get(0), args.get(1, ""));
      case HEADER -> pages.header(args.get(0), optional(args, 1));
      case JSON -> pages.json(args.get(0), optional(args, 1));
      case TIME_BELOW -> pages.timeBelow(args.get(0));
      case CERT_DAYS -> pages.certDays(Integer.parseInt(args.get(0)));
      case SUBMIT, FORM_VALUE, FORM_CLEAR, FORM_ACTION, FORM_FILE -> form(line, args);
      case FV_MATCH, FV_MULTI_MATCH -> forms.matching(args.get(0), args.get(1), args.from(2));
      case FV_MULTI -> forms.values(args.get(0), args.from(1));
      case FV_MULTI_SUB -> {
        forms.values(args.get(0), args.from(1));
        forms.submit(Optional.empty(), Optional.of(args.get(0)));
      }
      case STEP, ADD_CLEANUP -> {} // seen to by whoever goes through the lines
      case SLEEP -> session.clock().sleep(seconds(args.get(0, "1")));
      case TIMEOUT -> timeout(args.get(0, DEFAULT_TIMEOUT));
      case EXIT -> exit(args.get(0, "0"));
      case SET_LOCAL -> variables.setLocal(args.get(0), args.get(1));
      case SET_GLOBAL -> variables.setGlobal(args.get(0), args.get(1));
      case CLEAR_COOKIES -> session.browser().clearCookies();
      case ADD_AUTH -> authenticate(args);
      case ADD_EXTRA_HEADER -> session.addHeader(args.get(0), args.get(1));
      case CLEAR_EXTRA_HEADERS -> session.clearHeaders();
      case AGENT -> session.agent(UserAgents.of(args.get(0)));
      case RESET_BROWSER -> session.reset(args.get(0, ""));
      case CONFIG -> config(args);
      case ECHO -> shows.echo(args.from(0));
      case INFO -> shows.info();
      case SHOW -> shows.show(args.get(0, "html"));
      case SHOW_HTML -> shows.html();
      case SHOW_LINKS -> shows.links();
      case SHOW_FORMS -> shows.forms();
      case SHOW_HISTORY -> shows.history();
      case SHOW_COOKIES -> shows.cookies();
      case SHOW_EXTRA_HEADERS -> shows.headers();
      case SHOWVAR -> matches.showVariable(args.get(0));
      case CHECK_LINKS -> links.check(optional(args, 0));
      case REPORT_BAD_LINKS -> links.report(flag(args.get(0, "true")), flag(args.get(1, "true")));
      case REQUIRE -> links.require(args.get(0));
      case SKIP_REQUIRE -> links.skipNext();
      case NO_REQUIRE -> links.requireNothing();
      case FLUSH_VISITED -> links.flushVisited();
      case SPLIT -> matches.split(args.get(0));
      case FINDALL -> matches.findAll(args.get(0));
      case GETMATCH -> matches.getMatch(args.get(0), optional(args, 1));
      case SETMATCH -> matches.setMatch(args.get(0));
      case POPMATCH -> matches.popMatch(Integer.parseInt(args.get(0)));
      case DNS_A -> names.address(args.get(0), args.get(1), optional(args, 2));
      case DNS_CNAME -> names.alias(args.get(0), args.get(1), optional(args, 2));
      case DNS_RESOLVES -> names.resolves(args.get(0), args.get(1), optional(args, 2));
      case DNS_MX -> names.mail(args.get(0), args.get(1), optional(args, 2));
      case DNS_NS -> names.nameServer(args.get(0), args.get(1), optional(args, 2));
    }
  }

  private void form(Line line, Arguments args) {
    switch (line.command()) {
      case SUBMIT -> forms.submit(optional(args, 0), optional(args, 1));
      case FORM_VALUE -> forms.value(args.get(0), args.get(1), args.get(2));
      case FORM_CLEAR -> forms.clear(args.get(0));
      case FORM_ACTION -> forms.action(args.get(0), args.get(1));
      default -> forms.file(args.get(0), args.get(1), args.get(2), args.get(3), optional(args, 4));
    }
  }

  private void timeout(String text) {
    Duration time = seconds(text);
    Duration left = session.clock().left();
    session.browser().timeout(time.isZero() || time.compareTo(left) > 0 ? left : time);
  }

  private void exit(String code) {
    ended = true;
    if (Integer.parseInt(code) != 0) {
      throw ScriptFailure.wrong("the script ended itself with " + Integer.parseInt(code));
    }
  }

  private void authenticate(Arguments args) {
    String realm = session.isOn(Kind.ANY_REALM) ? "" : args.get(0);
    session.browser().authenticate(realm, args.get(1), args.get(2), args.get(3));
  }

  private void config(Arguments args) {
    switch (args.count()) {
      case 0 -> shows.settings();
      case 1 -> shows.setting(args.get(0));
      default -> {
        Kind kind = args.get(0).equals(Kind.REFRESH) ? Kind.SECONDS : Kind.FLAG;
        kind.problem(args.get(1))
            .ifPresent(text -> {
              throw ScriptFailure.wrong("\"" + args.get(1) + "\" " + text);
            });
        session.set(args.get(0), args.get(1));
      }
    }
  }

  private static boolean flag(String text) {
    return Words.truth(text).orElse(false);
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue());
  }

  private static Optional<String> optional(Arguments args, int index) {
    return index < args.count() ? Optional.of(args.get(index)) : Optional.empty();
  }
}
