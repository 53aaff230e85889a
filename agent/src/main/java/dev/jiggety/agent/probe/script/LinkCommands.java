package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.browser.BrowserException;
import dev.jiggety.agent.browser.View;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.twill.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Commands that try the links of a page, and what every page must fulfil. */
final class LinkCommands {
  /** More of them are refused: a page must not make a monitor crawl a site. */
  private static final int MOST = 100;

  private final Session session;
  private final Output output;
  private final Set<String> good = new TreeSet<>();
  private final Map<String, Set<String>> bad = new TreeMap<>();
  private final Set<Requirement> required = EnumSet.noneOf(Requirement.class);
  private boolean skipNext;

  private enum Requirement {
    SUCCESS,
    LINKS_OK
  }

  LinkCommands(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  void check(Optional<String> pattern) {
    View page = session.page();
    List<String> urls =
        page.links().stream()
            .map(link -> link.url().replaceFirst("#.*", ""))
            .filter(Pages::isWeb)
            .filter(url -> pattern.isEmpty() || Matching.finds(pattern.get(), url))
            .distinct()
            .sorted()
            .toList();
    if (urls.size() > MOST) {
      throw new ScriptFailure(
          ErrorKind.LIMIT,
          null,
          "the page has " + urls.size() + " links, at most " + MOST + " are tried; give a pattern");
    }
    List<String> failed = new ArrayList<>();
    for (String url : urls) {
      if (!good.contains(url)) {
        session.clock().check();
        Optional<String> trouble = trouble(url, page.url());
        if (trouble.isEmpty()) {
          good.add(url);
        } else {
          failed.add(url + " (" + trouble.get() + ")");
          bad.computeIfAbsent(url, _ -> new TreeSet<>()).add(page.url());
        }
      }
    }
    if (!session.isOn(Kind.COLLECT)) {
      bad.clear();
      if (!failed.isEmpty()) {
        throw ScriptFailure.wrong(
            failed.size() + " of " + urls.size() + " links are broken: " + first(failed));
      }
    }
    output.line((urls.size() - failed.size()) + " of " + urls.size() + " links work");
  }

  void report(boolean fail, boolean forget) {
    List<String> lines = new ArrayList<>();
    bad.forEach((url, pages) -> lines.add(url + " on " + String.join(", ", pages)));
    output.line(lines.isEmpty() ? "no bad links" : String.join("\n", lines));
    if (forget) {
      bad.clear();
    }
    if (fail && !lines.isEmpty()) {
      throw ScriptFailure.wrong(lines.size() + " links are broken: " + first(lines));
    }
  }

  void require(String what) {
    required.add(what.equals("success") ? Requirement.SUCCESS : Requirement.LINKS_OK);
  }

  void skipNext() {
    skipNext = true;
  }

  void requireNothing() {
    required.clear();
  }

  void flushVisited() {
    good.clear();
  }

  /** Holds a page that was just gone to against what is required. */
  void loaded() {
    boolean skip = skipNext;
    skipNext = false;
    if (skip) {
      return;
    }
    if (required.contains(Requirement.SUCCESS) && session.view().status() != 200) {
      throw ScriptFailure.wrong(
          "the status is " + session.view().status() + ", and require success asks for 200");
    }
    if (required.contains(Requirement.LINKS_OK)) {
      check(Optional.empty());
    }
  }

  /** What is wrong with a link; afterwards the browser is where it was. */
  private Optional<String> trouble(String url, String here) {
    try {
      session.browser().go(url);
      int status = session.view().status();
      session.browser().back();
      return status < 400 ? Optional.empty() : Optional.of("status " + status);
    } catch (BrowserException e) {
      if (e.failure().kind() == ErrorKind.INTERNAL || session.clock().left().isZero()) {
        throw e;
      }
      if (!session.view().url().equals(here)) {
        session.browser().back();
      }
      return Optional.of(e.failure().text());
    }
  }

  private static String first(List<String> texts) {
    String some = String.join(", ", texts.subList(0, Math.min(3, texts.size())));
    return texts.size() > 3 ? some + " and " + (texts.size() - 3) + " more" : some;
  }
}
