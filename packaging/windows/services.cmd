@echo off
rem Installs (services install), starts (services start node) or removes (services uninstall) the services.
setlocal
if "%1"=="" goto usage
if "%2"=="" (set ROLES=node hub manager) else (set ROLES=%2)
for %%r in (%ROLES%) do "%~dp0jiggety-%%r-service.exe" %1
exit /b %errorlevel%
:usage
echo usage: services install^|start^|stop^|status^|uninstall [node^|hub^|manager]
exit /b 2
