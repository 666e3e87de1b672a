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
