package dev.jiggety.agent.service;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The files by which systemd, launchd and Windows start a role. Pure text: nothing is written or
 * run here.
 */
final class ServiceFiles {
  private ServiceFiles() {}

  /**
   * A unit of systemd.
   *
   * @param isSystem for the machine, started at boot; else for a user
   */
  static String systemd(ServiceSpec spec, boolean isSystem) {
    String data = quoted(spec.data().toString());
    String user = isSystem && !spec.user().isEmpty() ? "User=" + spec.user() + "\n" : "";
    // What needs rights that a user's own systemd does not have is left to the system's.
    String sandbox =
        isSystem
            ? """
            ProtectSystem=strict
            ProtectHome=read-only
            ReadWritePaths=%s
            PrivateTmp=yes
            ProtectKernelModules=yes
            ProtectKernelTunables=yes
            ProtectControlGroups=yes
            RestrictSUIDSGID=yes
            LockPersonality=yes
            CapabilityBoundingSet=
            """
                .formatted(data)
            : "";
    return """
    [Unit]
    Description=%s
    %s\
    StartLimitIntervalSec=0

    [Service]
    Type=notify
    NotifyAccess=main
    ExecStart=%s
    %s\
    WorkingDirectory=%s
    UMask=0077
    Restart=always
    RestartSec=5s
    RestartPreventExitStatus=2
    WatchdogSec=30s
    WatchdogSignal=SIGQUIT
    TimeoutAbortSec=2s
    TimeoutStartSec=180s
    TimeoutStopSec=35s
    KillMode=mixed
    OOMPolicy=continue
    LimitNOFILE=65536
    TasksMax=2048
    NoNewPrivileges=yes
    %s
    [Install]
    WantedBy=%s
    """
        .formatted(
            spec.description(),
            isSystem ? "Wants=network-online.target\nAfter=network-online.target\n" : "",
            spec.command().stream().map(ServiceFiles::quoted).collect(Collectors.joining(" ")),
            user,
            // The path of a setting is not unquoted, other than words of a command line.
            spec.data().toString().replace("%", "%%"),
            sandbox,
            isSystem ? "multi-user.target" : "default.target");
  }

  /** A word of a command line as systemd reads it. */
  private static String quoted(String word) {
    String escaped =
        word.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%").replace("$", "$$");
    return escaped.matches("[\\w@%+=:,./$-]+") ? escaped : "\"" + escaped + "\"";
  }

  /** The label by which launchd knows it. */
  static String label(ServiceSpec spec) {
    return "dev.jiggety." + spec.role().label();
  }

  /** A property list of launchd; a daemon where it names a user, else an agent. */
  static String launchd(ServiceSpec spec) {
    String arguments =
        spec.command().stream()
            .map(word -> "    <string>" + xml(word) + "</string>\n")
            .collect(Collectors.joining());
    String user =
        spec.user().isEmpty()
            ? ""
            : "  <key>UserName</key>\n  <string>" + xml(spec.user()) + "</string>\n";
    String log = xml(spec.data().resolve(spec.name() + ".log").toString());
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" \
    "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
    <plist version="1.0">
    <dict>
      <key>Label</key>
      <string>%s</string>
      <key>ProgramArguments</key>
      <array>
    %s  </array>
    %s  <key>WorkingDirectory</key>
      <string>%s</string>
      <key>RunAtLoad</key>
      <true/>
      <key>KeepAlive</key>
      <true/>
      <key>ThrottleInterval</key>
      <integer>5</integer>
      <key>ExitTimeOut</key>
      <integer>35</integer>
      <key>Umask</key>
      <integer>63</integer>
      <key>SoftResourceLimits</key>
      <dict>
        <key>NumberOfFiles</key>
        <integer>65536</integer>
      </dict>
      <key>StandardOutPath</key>
      <string>%s</string>
      <key>StandardErrorPath</key>
      <string>%s</string>
    </dict>
    </plist>
    """
        .formatted(label(spec), arguments, user, xml(spec.data().toString()), log, log);
  }

  /** A configuration of WinSW, which lets Windows run a program that knows nothing of services. */
  static String winSw(ServiceSpec spec) {
    List<String> command = spec.command();
    String arguments =
        command.stream()
            .skip(1)
            .map(word -> word.contains(" ") ? "\"" + word + "\"" : word)
            .collect(Collectors.joining(" "));
    return """
    <service>
      <id>%s</id>
      <name>%s</name>
      <description>Watches web sites from many places and does not cry wolf.</description>
      <executable>%s</executable>
      <arguments>%s</arguments>
      <workingdirectory>%s</workingdirectory>
      <startmode>Automatic</startmode>
      <delayedAutoStart>true</delayedAutoStart>
      <onfailure action="restart" delay="5 sec"/>
      <resetfailure>1 hour</resetfailure>
      <stoptimeout>35 sec</stoptimeout>
      <serviceaccount>
        <username>NT AUTHORITY\\LocalService</username>
      </serviceaccount>
      <logpath>%s</logpath>
      <log mode="roll-by-size">
        <sizeThreshold>10240</sizeThreshold>
        <keepFiles>4</keepFiles>
      </log>
    </service>
    """
        .formatted(
            spec.name(),
            xml(spec.description()),
            xml(command.getFirst()),
            xml(arguments),
            xml(spec.data().toString()),
            xml(spec.data().resolve("logs").toString()));
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
