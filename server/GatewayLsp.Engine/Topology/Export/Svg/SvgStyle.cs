namespace GatewayLsp.Engine.Topology.Export.Svg;

/// <summary>Colours of the drawing, light and dark. Written out twice: viewers outside of browsers know no CSS variables.</summary>
internal static class SvgStyle
{
    public const string Css =
        """
        text{font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
        .page{fill:#ffffff}.title{fill:#1f2328;font-size:16px;font-weight:600}.sub{fill:#59636e;font-size:12px}
        .head{fill:#59636e;font-size:10.5px;font-weight:600;letter-spacing:.06em}
        .frame{fill:#f6f8fa;stroke:#d1d9e0}.frame-name{fill:#59636e;font-size:11px}
        .cluster{fill:none;stroke:#818b98;stroke-dasharray:6 4}.cluster-name{fill:#59636e;font-size:11px;font-weight:600}
        .box{fill:#ffffff;stroke:#c8d1da}.label{fill:#1f2328;font-size:13px;font-weight:600}.detail{fill:#59636e;font-size:11px}
        .note{fill:none;stroke:#818b98;stroke-dasharray:3 3}.note-text{fill:#59636e;font-size:11px}
        .line{fill:none;stroke:#8c959f}.tip{fill:#8c959f}.dash{stroke-dasharray:5 4}
        .on-line{fill:#414a53;font-size:10.5px;stroke:#ffffff;stroke-width:4px;stroke-linejoin:round;paint-order:stroke}
        .on-frame .on-line{stroke:#f6f8fa}
        .k-client{fill:#6e7781}.k-gateway{fill:#6639ba}.k-listenerset,.k-listener,.k-frontend{fill:#8250df}.k-route{fill:#0969da}.k-rule{fill:#218bff}
        .k-serviceimport{fill:#bf5b04}.k-service{fill:#0f7b6c}.k-other,.k-externalhost{fill:#6e7781}.k-workload{fill:#4d7c0f}.k-cluster{fill:#bf5b04}
        .error .box{stroke:#cf222e;stroke-width:1.6}.error>.problem,.p-error{fill:#cf222e}.line.error{stroke:#cf222e}.tip.error{fill:#cf222e}
        .warning .box{stroke:#bf8700;stroke-width:1.6}.warning>.problem,.p-warning{fill:#8a5d00}.line.warning{stroke:#bf8700}.tip.warning{fill:#bf8700}
        .unknown .box{stroke:#818b98;stroke-dasharray:4 3}.unknown>.problem,.p-unknown{fill:#59636e}.line.unknown{stroke-dasharray:2 3}
        .ghost .box{stroke-dasharray:4 3}.ghost .label{font-weight:500}
        .problem{font-size:11px;font-weight:600}
        .sign{fill:#ffffff;font-size:10px;font-weight:700;text-anchor:middle}
        .added .box{fill:#e6f9ea;stroke:#1a7f37;stroke-width:1.6}.line.added{stroke:#1a7f37}.tip.added{fill:#1a7f37}.m-added{fill:#1a7f37}
        .removed .box{fill:#fff0ee;stroke:#cf222e;stroke-dasharray:5 3}.removed .label{text-decoration:line-through}.line.removed{stroke:#cf222e}.tip.removed{fill:#cf222e}.m-removed{fill:#cf222e}
        .changed .box{fill:#fff8dc;stroke:#bf8700;stroke-width:1.6}.line.changed{stroke:#bf8700}.tip.changed{fill:#bf8700}.m-changed{fill:#8a5d00}
        .edge:hover .line{stroke-width:3}.node:hover .box{stroke-width:2.4}
        @media (prefers-color-scheme:dark){
        .page{fill:#0d1117}.title{fill:#f0f6fc}.sub,.head,.frame-name,.cluster-name,.detail,.note-text{fill:#9198a1}
        .frame{fill:#151b23;stroke:#3d444d}.cluster{stroke:#656c76}.box{fill:#212830;stroke:#3d444d}.label{fill:#f0f6fc}.note{stroke:#656c76}
        .line{stroke:#656c76}.tip{fill:#656c76}.on-line{fill:#c9d1d9;stroke:#0d1117}.on-frame .on-line{stroke:#151b23}
        .k-client,.k-other,.k-externalhost{fill:#9198a1}.k-gateway{fill:#ab7df8}.k-listenerset,.k-listener,.k-frontend{fill:#be8fff}.k-route{fill:#4493f8}.k-rule{fill:#79c0ff}
        .k-serviceimport,.k-cluster{fill:#f0883e}.k-service{fill:#2ec4b0}.k-workload{fill:#a3d65c}
        .error .box{stroke:#f85149}.error>.problem,.p-error{fill:#ff7b72}.line.error{stroke:#f85149}.tip.error{fill:#f85149}
        .warning .box{stroke:#d29922}.warning>.problem,.p-warning{fill:#e3b341}.line.warning{stroke:#d29922}.tip.warning{fill:#d29922}
        .unknown .box{stroke:#656c76}.unknown>.problem,.p-unknown{fill:#9198a1}.sign{fill:#0d1117}
        .added .box{fill:#12261e;stroke:#3fb950}.line.added{stroke:#3fb950}.tip.added,.m-added{fill:#3fb950}
        .removed .box{fill:#2d1619;stroke:#f85149}.line.removed{stroke:#f85149}.tip.removed,.m-removed{fill:#f85149}
        .changed .box{fill:#2b2311;stroke:#d29922}.line.changed{stroke:#d29922}.tip.changed{fill:#d29922}.m-changed{fill:#e3b341}
        }

        """;
}
