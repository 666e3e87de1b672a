{{/* The recommended labels of a part: (list . "backend"). https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */}}
{{- define "todo-app.labels" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
app.kubernetes.io/name: {{ $root.Chart.Name }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ $part }}
app.kubernetes.io/part-of: {{ $root.Chart.Name }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
{{- end }}

{{/* A container's hardening: no privilege to gain, nothing to write but its volumes. */}}
{{- define "todo-app.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop:
    - ALL
{{- end }}

{{/* Where a part's pods may run, and with which Secrets their images are pulled: (list . "backend"). Empty where nothing is set. */}}
{{- define "todo-app.placement" -}}
{{- $root := index . 0 -}}
{{- $part := index $root.Values (index . 1) -}}
{{- $set := dict -}}
{{- with $root.Values.imagePullSecrets }}{{ $_ := set $set "imagePullSecrets" . }}{{ end -}}
{{- range $name := list "nodeSelector" "tolerations" "affinity" -}}
{{- with index $part $name }}{{ $_ := set $set $name . }}{{ end -}}
{{- end -}}
{{- if $set }}{{ toYaml $set }}{{ end -}}
{{- end }}

{{/* The page's public address, as far as the values tell it. */}}
{{- define "todo-app.pageUrl" -}}
{{- if .Values.mail.pageUrl }}{{ .Values.mail.pageUrl }}
{{- else if .Values.ingress.enabled }}http{{ if .Values.ingress.tlsSecret }}s{{ end }}://{{ .Values.ingress.host }}
{{- else if .Values.gateway.enabled }}https://{{ .Values.gateway.host }}
{{- end -}}
{{- end }}

{{/* The backend's variables besides its Secret: what the values set, and extraEnv over it. Empty where nothing is set. */}}
{{- define "todo-app.backendEnv" -}}
{{- $set := list -}}
{{- if .Values.mail.enabled -}}
{{- with .Values.mail.secretName -}}
{{- $set = append $set (dict "name" "SMTP_URL" "valueFrom" (dict "secretKeyRef" (dict "name" . "key" "SMTP_URL"))) -}}
{{- range $key := list "SMTP_USERNAME" "SMTP_PASSWORD" -}}
{{- $set = append $set (dict "name" $key "valueFrom" (dict "secretKeyRef" (dict "name" $.Values.mail.secretName "key" $key "optional" true))) -}}
{{- end -}}
{{- end -}}
{{- with .Values.mail.from }}{{ $set = append $set (dict "name" "SMTP_FROM" "value" .) }}{{ end -}}
{{- with include "todo-app.pageUrl" . }}{{ $set = append $set (dict "name" "TODO_PAGE_URL" "value" .) }}{{ end -}}
{{- end -}}
{{- if .Values.push.enabled -}}
{{- $set = append $set (dict "name" "VAPID_PRIVATE_KEY" "valueFrom" (dict "secretKeyRef" (dict "name" .Values.push.secretName "key" "VAPID_PRIVATE_KEY"))) -}}
{{- with .Values.push.subject }}{{ $set = append $set (dict "name" "VAPID_SUBJECT" "value" .) }}{{ end -}}
{{- end -}}
{{- if .Values.channels.enabled -}}
{{- $set = append $set (dict "name" "TODO_REMINDER_SERVICES" "value" .Values.channels.services) -}}
{{- with .Values.channels.hosts }}{{ $set = append $set (dict "name" "TODO_REMINDER_HOSTS" "value" .) }}{{ end -}}
{{- with .Values.channels.onlyHosts }}{{ $set = append $set (dict "name" "TODO_REMINDER_ONLY_HOSTS" "value" .) }}{{ end -}}
{{- end -}}
{{- $own := list -}}
{{- range .Values.backend.extraEnv }}{{ $own = append $own .name }}{{ end -}}
{{- $all := list -}}
{{- range $set }}{{ if not (has .name $own) }}{{ $all = append $all . }}{{ end }}{{ end -}}
{{- range .Values.backend.extraEnv }}{{ $all = append $all . }}{{ end -}}
{{- if $all }}{{ toYaml $all }}{{ end -}}
{{- end }}
