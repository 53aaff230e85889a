package dev.jiggety.twill;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All commands of the language. */
public enum Command {
  GO("", "url", "goes to an address, absolute or relative to where it is"),
  BACK("", "", "one page back in the history"),
  RELOAD("", "", "asks for the page again"),
  FOLLOW("", "pattern", "follows the first link whose text or address the pattern finds"),
  SUBMIT("", "[button] [form]", "sends a form, by the button clicked last or by its first one"),

  CODE("", "status", "the HTTP status of the page is this, or one of these"),
  URL("", "pattern", "the pattern is found in the address; sets __match__"),
  TITLE("", "pattern", "the pattern is found in the page's title; sets __match__"),
  FIND("", "pattern [flags]", "the pattern is found in the page; sets __match__"),
  NOT_FIND("notfind", "pattern [flags]", "the pattern is not found in the page"),
  HEADER("", "header [pattern]", "the answer has this header, and the pattern is found in it"),
  JSON("", "path [value]", "a JSONPath finds something in the body, this value; sets __match__"),
  TIME_BELOW("", "duration", "the last page took less than this"),
  CERT_DAYS("", "days", "the certificate is good for at least so many days"),

  FORM_VALUE("fv formvalue", "form field value", "fills in a field, or clicks a button"),
  FORM_CLEAR("formclear", "form", "empties all fields of a form"),
  FORM_ACTION("fa formaction", "form url", "changes where a form goes"),
  FORM_FILE("formfile", "form field filename content [type]", "attaches a file to a field"),
  FV_MATCH("", "form pattern value", "fills in all fields whose names the pattern finds"),
  FV_MULTI("", "form pair...", "fills in several fields, each as field=value"),
  FV_MULTI_MATCH("", "form pattern value...", "fills in matching fields, each with the next value"),
  FV_MULTI_SUB("", "form pair...", "fills in several fields and sends the form"),

  STEP("", "label", "names the lines that follow, up to the next step: they are timed as one"),
  SLEEP("", "[seconds]", "waits, one second by default"),
  TIMEOUT("", "[seconds]", "how long one page may take, 10 by default; 0 for no limit of its own"),
  EXIT("", "[exit]", "ends the script; it fails unless the code is 0"),
  ADD_CLEANUP("", "command...", "a command to run in the end, however the script ends"),
  SET_LOCAL("setlocal", "variable value", "sets a variable"),
  SET_GLOBAL("setglobal", "variable value", "sets a variable that a local one of that name hides"),

  CLEAR_COOKIES("", "", "forgets all cookies"),
  ADD_AUTH("", "realm url user password", "basic authentication for what begins with the address"),
  ADD_EXTRA_HEADER("", "header value", "a header that goes with every request from now on"),
  CLEAR_EXTRA_HEADERS("", "", "takes these headers away"),
  AGENT("", "agent", "what the browser calls itself: a short name or the whole text"),
  RESET_BROWSER("", "[url]", "a new browser: no cookies, headers, settings or history"),
  CONFIG("", "[key] [value]", "changes a setting, or shows it"),

  ECHO("", "text...", "writes into the output of the step"),
  INFO("", "", "writes address, status, title and type of the page"),
  SHOW("", "[shown]", "writes html, links, forms, history, cookies or info"),
  SHOW_HTML("showhtml", "", "writes the page"),
  SHOW_LINKS("showlinks", "", "writes the links of the page"),
  SHOW_FORMS("showforms", "", "writes the forms of the page with their fields"),
  SHOW_HISTORY("showhistory", "", "writes the addresses of the history"),
  SHOW_COOKIES("showcookies", "", "writes the names of the cookies"),
  SHOW_EXTRA_HEADERS("", "", "writes the headers that go with every request"),
  SHOWVAR("", "variable", "writes the value of a variable"),

  CHECK_LINKS("", "[pattern]", "all links of the page, or those that the pattern finds, work"),
  REPORT_BAD_LINKS(
      "", "[flag] [flag]", "writes bad links collected so far; true true: fails, forgets"),
  REQUIRE("", "requirement", "every page from now on: success (status 200) or links_ok"),
  SKIP_REQUIRE("", "", "the next page need not fulfil the requirements"),
  NO_REQUIRE("", "", "no requirements any more"),
  FLUSH_VISITED("", "", "links known as good are visited again"),
  SPLIT("", "pattern", "sets __matchlist__ to what is between the places that the pattern finds"),
  FINDALL("", "pattern", "sets __matchlist__ to all that the pattern finds"),
  GETMATCH("", "variable [expression]", "sets a variable to __match__, or to what is found in it"),
  SETMATCH("", "expression", "puts what is found in each element in the place of the element"),
  POPMATCH("", "index", "takes an element, 0 for the first, out of __matchlist__ into __match__"),

  DNS_A("", "host address [server]", "the name has an A record with this address"),
  DNS_CNAME("", "host alias [server]", "the name is an alias of the other one"),
  DNS_RESOLVES("", "host target [server]", "the name leads to this address, or that of this name"),
  DNS_MX("", "host exchange [server]", "mail for the domain goes to this host"),
  DNS_NS("", "host nameserver [server]", "the domain is served by this name server");

  private static final Map<String, Command> BY_NAME = new HashMap<>();

  static {
    for (Command command : values()) {
      BY_NAME.put(command.label(), command);
      command.aliases().forEach(alias -> BY_NAME.put(alias, command));
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // it is one by List.of
  private final List<String> aliases;

  @SuppressWarnings("ImmutableEnumChecker") // and so is this
  private final List<Parameter> parameters;

  private final String help;

  Command(String aliases, String signature, String help) {
    this.aliases = aliases.isEmpty() ? List.of() : List.of(aliases.split(" ", -1));
    this.parameters = Parameter.all(signature);
    this.help = help;
  }

  /** The command of that name, old spellings included. */
  public static Optional<Command> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All names, old spellings included, in alphabetical order. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(new TreeSet<>(BY_NAME.keySet()));
  }

  /** Its name in scripts. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Old spellings and short ones. */
  public List<String> aliases() {
    return aliases;
  }

  /** What it takes. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** What it does, in one line. */
  public String help() {
    return help;
  }

  /** How it is written: {@code find <pattern> [<flags>]}. */
  public String usage() {
    StringBuilder usage = new StringBuilder(label());
    parameters.forEach(parameter -> usage.append(' ').append(parameter));
    return usage.toString();
  }

  /** Whether it leads to a page, or tries to. */
  public boolean isNavigation() {
    return switch (this) {
      case GO, BACK, RELOAD, FOLLOW, SUBMIT, FV_MULTI_SUB -> true;
      default -> false;
    };
  }

  /** The fewest arguments. */
  int fewest() {
    return (int) parameters.stream().filter(parameter -> !parameter.optional()).count();
  }

  /** The most arguments. */
  int most() {
    boolean any = !parameters.isEmpty() && parameters.getLast().repeated();
    return any ? Integer.MAX_VALUE : parameters.size();
  }

  /** The parameter that takes an argument at this place. */
  Parameter parameter(int index) {
    return parameters.get(Math.min(index, parameters.size() - 1));
  }
}
